import { isIP } from "node:net";
import { createTransport } from "nodemailer";
import type { Mail, SendOutcome } from "../define-channel";
import { AddressRefused, checkedAddresses, type Resolve } from "./address-guard";

const TIMEOUT_MS = 20_000;

export interface SmtpOptions {
  /** Host names, addresses and ranges that may be reached although they are not public. */
  allowed: readonly string[];
  resolve?: Resolve;
  timeoutMs?: number;
}

/**
 * Hands a mail to its server and tells what came of it. Connects to an address that was checked; the certificate must be the host's. Never throws. A
 * connection that is lost before all of the mail was written cannot have delivered it; one that is lost after leaves it unknown.
 */
export async function sendMail(mail: Mail, options: SmtpOptions): Promise<SendOutcome> {
  const { host, port, security, user, password } = mail.server;
  const { timeoutMs = TIMEOUT_MS } = options;
  let address: string;
  try {
    const [first] = await checkedAddresses(host, options);
    address = first?.address ?? host;
  } catch (error) {
    return refused(error instanceof AddressRefused, wordsOf(error));
  }
  let written = false;
  const transporter = createTransport({
    host: address,
    port,
    secure: security === "tls",
    requireTLS: security === "starttls",
    ignoreTLS: security === "none",
    ...(isIP(host) ? {} : { tls: { servername: host } }),
    ...(user === "" ? {} : { auth: { user, pass: password ?? "" } }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    logger: {
      // Told once all of the message, its end included, has been written.
      info: (entry: unknown) => {
        if (isMessageEntry(entry)) written = true;
      },
    },
  });
  try {
    const { response } = await transporter.sendMail({
      from: mail.from,
      to: mail.to,
      subject: mail.subject,
      html: mail.html,
      text: mail.text,
      messageId: mail.messageId,
      headers: { ...mail.headers },
      attachments: mail.attachments.map(({ name, contentType, content }) => ({
        filename: name,
        contentType,
        content: Buffer.from(content),
      })),
    });
    return { kind: "sent", detail: response };
  } catch (error) {
    const code = responseCodeOf(error);
    if (code === null && written) return { kind: "unknown", message: wordsOf(error) };
    return refused(code !== null && code >= 500, wordsOf(error));
  } finally {
    transporter.close();
  }
}

function isMessageEntry(entry: unknown): boolean {
  return typeof entry === "object" && entry !== null && "tnx" in entry && entry.tnx === "message";
}

function responseCodeOf(error: unknown): number | null {
  return error instanceof Error && "responseCode" in error && typeof error.responseCode === "number"
    ? error.responseCode
    : null;
}

function refused(permanent: boolean, message: string): SendOutcome {
  return { kind: "refused", permanent, retryAfterMs: null, message };
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
