import { visible } from '../../model/name.ts'
import type { SandboxView } from '../../sandbox/control/client.ts'
import type { Context, Input } from '../command.ts'
import { onSandbox } from '../sandbox-command.ts'

function objectLines(view: SandboxView): readonly string[] {
  return Object.entries(view.objects).flatMap(([kind, objects]) => [
    `${kind} (${objects.length})`,
    ...objects
      .slice(0, 20)
      .map((object) => `  ${visible(String(object.Name ?? object.DomainName ?? object.Identity ?? '?'))}`),
    ...(objects.length > 20 ? [`  … and ${objects.length - 20} more`] : []),
  ])
}

function asText(view: SandboxView): string {
  return [
    `${view.tenant.domain} (${view.tenant.id})`,
    `scenario ${view.scenario}, regions ${view.regions.join(', ')}`,
    `clock ${view.now}`,
    `${view.requests} requests so far, ${view.writesDone} writes done`,
    '',
    ...objectLines(view),
    ...(view.faults.length === 0
      ? []
      : ['', ...view.faults.map((fault) => `will fail: ${fault.kind} (${fault.left} times)`)]),
  ].join('\n')
}

/** `sandbox show`: what the tenant holds, and what was asked of it. */
export function handleSandboxShow(input: Input, context: Context): Promise<number> {
  return onSandbox(input, context, async ({ control, print }) => {
    const view = await control.show()
    print(view, asText(view))
  })
}
