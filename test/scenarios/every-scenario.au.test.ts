import { everyScenario } from './every-scenario.ts'

everyScenario('au')
