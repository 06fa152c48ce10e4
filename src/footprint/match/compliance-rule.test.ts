import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../model/json.ts'
import { buildFootprint, noAdditions } from '../footprint.ts'
import { matchComplianceRule } from './compliance-rule.ts'
import { matchUserToken } from './user-token.ts'

const clientId = '730459112846-scanner.apps.googleusercontent.com'
const footprint = buildFootprint(['eu'], { ...noAdditions, rules: ['Our scanner'], clients: [clientId] })

const rerouting = { consequence: { primaryDelivery: { changeDefaultRoute: true } } }

function rule(label: string, entry: JsonObject) {
  return matchComplianceRule(
    { guid: 'policies/p#r', name: `${label} (/)`, properties: { label, entry } },
    { footprint },
  ).is
}

describe('a compliance rule', () => {
  it.each([
    ['the name and another route', 'Perception Point Redirect Rule', rerouting, 'vendor'],
    ['the name in another spelling', ' perception  point REDIRECT rule', rerouting, 'vendor'],
    ['a name of the operator’s', 'Our scanner', rerouting, 'vendor'],
    ['the name alone', 'Perception Point Redirect Rule', {}, 'lookalike'],
    ['another name and another route', 'Archive', rerouting, 'lookalike'],
    [
      'another name and another route for outbound mail alone',
      'Archive',
      { ...rerouting, condition: { affectInboundMessages: false } },
      'other',
    ],
    ['a header of the vendor', 'Tag', { matchContent: 'X-PERCEPTION-POINT-SPAM: FAIL' }, 'lookalike'],
    ['nothing of it', 'Cards', { matchContent: '4111' }, 'other'],
  ] as const)('with %s', (_title, label, entry, expected) => {
    expect(rule(label, entry)).toBe(expected)
  })
})

describe('a consent', () => {
  it.each([
    ['of a client that was named', clientId, 'Anything', 'vendor'],
    ['of an application with the vendor’s name', 'other', 'Perception  Point X-Ray', 'lookalike'],
    ['of another', 'other', 'Adatum CRM', 'other'],
  ] as const)('%s', (_title, client, displayText, expected) => {
    const token = { guid: 'u/c', name: 'u/c', properties: { clientId: client, displayText } }
    expect(matchUserToken(token, footprint).is).toBe(expected)
  })
})
