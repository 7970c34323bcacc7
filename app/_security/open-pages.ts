/** Pages that people see without a session, and files that are the same for everybody. */
const OPEN =
  /^\/(sign-in|sign-in\/sso|set-up|acknowledge\/[^/]+|icon\.svg|favicon\.ico|robots\.txt)\/?$|^\/(api|_next)(\/|$)/;

/** Whether an address is a page that only signed-in people see. The API's own routes refuse for themselves. */
export function needsSession(pathname: string): boolean {
  return !OPEN.test(pathname);
}
