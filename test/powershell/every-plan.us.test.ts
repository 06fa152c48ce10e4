import { describe } from 'vitest'
import { everyPlanBy } from '../scenarios/every-scenario.ts'
import { testEngines } from './engine.ts'

describe.each(await testEngines())('on $name', ({ program }) => everyPlanBy(program, 'us'))
