/** Tokens that the simulated Cloudflare knows. All of them are made up. */
export const cloudflareAccount = {
  id: '0f3c9a51d7b24c1e8a6610bb9cd0e2f4',
  name: 'Contoso',
  /** May read and edit zones. */
  token: 'sandbox-cloudflare-token-Vq3bT7nKx0aLr8eYw2Zs',
  /** May read zones. */
  readToken: 'sandbox-cloudflare-token-Kj5dP1mHc9uFt6iGo4Bx',
} as const
