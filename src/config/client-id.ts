/** A client id of Google: the number of a service account, or `123-abc.apps.googleusercontent.com`. */
export const clientIdPattern = /^[0-9A-Za-z][0-9A-Za-z._-]*$/
