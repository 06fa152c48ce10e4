import type { SurveyRead } from '../../model/platform.ts'

const kinds = ['service-principal', 'app-role-assignment', 'delegated-grant'] as const

/** Apps and their rights. A plan for an app that was named needs them; else only lookalikes are looked for. */
export const appReads: readonly SurveyRead[] = kinds.map((kind) => ({
  system: 'graph',
  kind,
  required: ({ apps }) => apps.length > 0,
}))
