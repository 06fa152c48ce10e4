import { describe } from 'vitest'
import { everyScenarioBy } from '../scenarios/every-scenario.ts'
import { testEngines } from './engine.ts'

describe.each(await testEngines())('on $name', ({ program }) => everyScenarioBy(program, 'eu'))
