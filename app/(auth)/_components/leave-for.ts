/** Loads a page of the product anew, so that nothing of an earlier session stays in the browser's memory. */
export function leaveFor(path: string): void {
  window.location.assign(path);
}
