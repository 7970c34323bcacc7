import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createSocketServer, type Socket } from "node:net";
import { SMTPServer } from "smtp-server";

/** A request that a receiver got. */
export interface ReceivedRequest {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface HttpReceiver {
  readonly url: string;
  readonly requests: ReceivedRequest[];
  close(): Promise<void>;
}

/** An HTTP server on loopback that keeps what it gets. `answer` decides what it says; default 204. */
export async function startHttpReceiver(
  answer: (request: ReceivedRequest, response: ServerResponse, count: number) => void = (_request, response) => {
    response.writeHead(204).end();
  },
): Promise<HttpReceiver> {
  const requests: ReceivedRequest[] = [];
  const server = createServer((incoming, response) => {
    let body = "";
    incoming.setEncoding("utf8");
    incoming.on("data", (chunk: string) => {
      body += chunk;
    });
    incoming.on("end", () => {
      const request = { path: incoming.url ?? "", headers: incoming.headers, body };
      requests.push(request);
      answer(request, response, requests.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${portOf(server.address())}/in`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A mail that a receiver took. */
export interface ReceivedMail {
  to: string;
  messageId: string;
  raw: string;
}

export interface SmtpReceiver {
  readonly port: number;
  readonly mails: ReceivedMail[];
  close(): Promise<void>;
}

/** A refusal in SMTP's own words: 4xx may pass, 5xx will not. */
export class SmtpRefusal extends Error {
  constructor(
    readonly responseCode: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * A real SMTP server on loopback that keeps what it takes. `onRecipient` and `onMail` may refuse by throwing an SmtpRefusal; `onMail` answers "cut" to
 * close the connection after all of the mail has come, without a word.
 */
export async function startSmtpReceiver(
  options: { onRecipient?: (address: string) => void; onMail?: (mail: ReceivedMail) => "cut" | undefined } = {},
): Promise<SmtpReceiver> {
  const mails: ReceivedMail[] = [];
  const sockets = new Set<Socket>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    logger: false,
    onRcptTo: (address, _session, done) => {
      try {
        options.onRecipient?.(address.address);
        done();
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)));
      }
    },
    onData: (stream, session, done) => {
      let raw = "";
      stream.setEncoding("utf8");
      stream.on("data", (chunk: string) => {
        raw += chunk;
      });
      stream.on("end", () => {
        const mail = {
          to: session.envelope.rcptTo.map(({ address }) => address).join(),
          messageId: /^message-id: (.*)$/im.exec(raw)?.[1]?.trim() ?? "",
          raw,
        };
        try {
          if (options.onMail?.(mail) === "cut") {
            for (const socket of sockets) socket.destroy();
            return;
          }
          mails.push(mail);
          done();
        } catch (error) {
          done(error instanceof Error ? error : new Error(String(error)));
        }
      });
    },
  });
  server.on("error", () => {}); // a client that was cut off
  server.server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: portOf(server.server.address()),
    mails,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** A port of loopback that takes connections and says nothing. */
export async function startSilentServer(): Promise<{ port: number; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createSocketServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: portOf(server.address()),
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (typeof address === "object" && address) return address.port;
  throw new Error("the receiver does not listen");
}
