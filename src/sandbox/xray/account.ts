/** Who reads from the simulated vendor's API. The token opens nothing but this sandbox. */
export const xrayAccount = { organization: '48213', token: 'sandbox-xray-token' } as const
