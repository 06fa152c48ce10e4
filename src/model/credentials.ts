/** Where access tokens come from. The same source serves every transport of a system. */
export interface TokenSource {
  /** A token that is valid now. Throws a PermissionError, UsageError or ServiceError. */
  token(): Promise<AccessToken>
}

export interface AccessToken {
  readonly value: string
  readonly expiresAt: Date
}
