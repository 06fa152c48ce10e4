export const exchangeTransports = ['powershell', 'rest'] as const
/** How Exchange Online is reached. */
export type ExchangeTransport = (typeof exchangeTransports)[number]

/** The transport that a command uses. The sandbox is reached over REST, so that nothing need be installed for it. */
export function transportOf(options: {
  readonly exchange?: ExchangeTransport | undefined
  readonly sandbox: boolean
}): ExchangeTransport {
  return options.exchange ?? (options.sandbox ? 'rest' : 'powershell')
}

/** How often a request is sent at most. Microsoft's module repeats by itself what is throttled or fails. */
export const attemptsOver = { powershell: 2, rest: 5 } as const satisfies Record<ExchangeTransport, number>
