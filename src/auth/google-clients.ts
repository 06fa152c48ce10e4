import { JWT, UserRefreshClient } from 'google-auth-library'

/**
 * The library's clients. They are imported by their names here, and this file when it is needed: imported as a whole when
 * it is needed, the library has no names in the bundle.
 */
export const googleClients = { JWT, UserRefreshClient }
