/** Runs once in a server process, before its first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { observePeerAddresses } = await import("./app/_security/peer-address");
  observePeerAddresses();
}
