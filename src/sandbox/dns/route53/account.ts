/** Access keys that the simulated Route 53 knows. All of them are made up. */
export const route53Account = {
  /** May read and change zones. */
  accessKeyId: 'AKIASANDBOXOFFBOARD1',
  secretAccessKey: 'sandbox/route53/Wq8sJ2mVn5xTz0bLk7Rd4yHc9fGa',
  /** May read zones. */
  readAccessKeyId: 'AKIASANDBOXOFFBOARD2',
} as const
