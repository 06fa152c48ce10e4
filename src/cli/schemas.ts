import * as z from 'zod'
import { footprintFileSchema } from '../config/footprint-file.ts'
import {
  findingSchema,
  leftoverSchema,
  lookalikeSchema,
  planFileSchema,
  planSchema,
  unreadSchema,
} from '../plan/schema.ts'
import { eventLineSchema } from '../report/event-schema.ts'

/** A schema as a file of its own: what it is called, and what it describes. */
interface Description {
  readonly $id: string
  readonly title: string
  readonly description: string
}

function published(schema: z.ZodType, description: Description, io: 'input' | 'output'): object {
  const { $schema, ...body } = z.toJSONSchema(schema, {
    io,
    override({ jsonSchema }) {
      delete jsonSchema.readOnly
    },
  })
  return { $schema, ...description, ...body, description: description.description }
}

const eventLines = eventLineSchema({
  plan: planSchema.meta({ id: 'plan' }),
  finding: findingSchema.meta({ id: 'finding' }),
  lookalike: lookalikeSchema.meta({ id: 'lookalike' }),
  leftover: leftoverSchema.meta({ id: 'leftover' }),
  unread: unreadSchema.meta({ id: 'unread' }),
})

/** The JSON Schema of each format that is written for others, or read from them, by file name. */
export const schemas: Readonly<Record<string, object>> = {
  'plan.schema.json': published(
    planFileSchema,
    {
      $id: 'urn:offboard:plan:1',
      title: 'offboard.plan/1',
      description:
        'A plan, as `offboard run --dry-run -o FILE` writes it and `offboard run --plan FILE` takes it.',
    },
    'output',
  ),
  'events.schema.json': published(
    eventLines,
    {
      $id: 'urn:offboard:events:1',
      title: 'offboard.events/1',
      description: 'One line of what `--json` prints on the standard output.',
    },
    'output',
  ),
  'footprint.schema.json': published(
    footprintFileSchema,
    {
      $id: 'urn:offboard:footprint:1',
      title: 'offboard footprint file',
      description: 'More of the footprint, for `--footprint FILE`: names, hosts, addresses and ids.',
    },
    'input',
  ),
}
