import { Writable } from 'node:stream'
import { DefaultRenderer, ListrDefaultRendererLogLevels, ListrLogger, ProcessOutput } from 'listr2'
import { paint, type Style } from './layout.ts'

/** Draws on the stream that it is given: whether that is a terminal was decided by the caller. */
export class LiveRenderer extends DefaultRenderer {
  static override nonTTY = true
}

const levels = ListrDefaultRendererLogLevels

const styles: Readonly<Record<string, Style>> = {
  [levels.PENDING]: 'cyan',
  [levels.COMPLETED]: 'green',
  [levels.COMPLETED_WITH_FAILED_SUBTASKS]: 'red',
  [levels.SKIPPED_WITH_COLLAPSE]: 'yellow',
  [levels.FAILED]: 'red',
  [levels.WAITING]: 'dim',
}

/** The renderer takes a terminal's stream over while it draws; it gets one of its own, so that others stay free. */
function streamTo(stdout: Writable, columns: number): NodeJS.WriteStream {
  const stream = new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      stdout.write(chunk)
      done()
    },
  })
  const size = (name: 'columns' | 'rows', otherwise: number) => ({
    get: () => (name in stdout ? Number(Reflect.get(stdout, name)) : otherwise),
  })
  Object.defineProperties(stream, { columns: size('columns', columns), rows: size('rows', 24) })
  return stream as NodeJS.WriteStream
}

/** How and where the renderer draws: in our colours or in none, on this stream alone. */
export function rendererOptions(stdout: Writable, columns: number, color: boolean) {
  const stream = streamTo(stdout, columns)
  const logger = new ListrLogger<ListrDefaultRendererLogLevels>({
    useIcons: true,
    toStderr: [],
    processOutput: new ProcessOutput(stream, stream, { dump: [] }),
  })
  const painters = Object.values(levels).map((level) => [
    level,
    (text = '') => paint({ text, style: styles[level] }, color),
  ])
  return {
    logger,
    color: Object.fromEntries(painters),
    collapseSubtasks: false,
    showErrorMessage: false,
    showSkipMessage: false,
  }
}
