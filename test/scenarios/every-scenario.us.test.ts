import { everyScenario } from './every-scenario.ts'

everyScenario('us')
