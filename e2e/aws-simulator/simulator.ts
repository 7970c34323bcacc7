import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type ClockSetting, SimulatedClock } from "./clock";
import { type ControlReply, control } from "./control";
import { type DispatcherParts, dispatch, type Outcome } from "./dispatch";
import { Faults } from "./faults";
import { FleetIndex } from "./fleet-index";
import { Journal } from "./journal";
import type { Organisation } from "./organisation/model";
import { cloudTrailService } from "./services/cloudtrail-service";
import { cloudWatchService } from "./services/cloudwatch/cloudwatch-service";
import { costExplorerService } from "./services/cost-explorer/ce-service";
import { ec2Service } from "./services/ec2-service";
import { healthService } from "./services/health-service";
import { mqService } from "./services/mq/mq-service";
import { organizationsService } from "./services/organizations-service";
import { pricingService } from "./services/pricing-service";
import type { Service, SimulatorSettings } from "./services/service";
import { type Publication, snsService } from "./services/sns-service";
import { Sessions, stsService } from "./services/sts-service";
import { bucketsByService } from "./throttle";

export interface SimulatorOptions {
  /** 0 takes a free port. */
  readonly port?: number;
  readonly host?: string;
  readonly organisation: Organisation;
  /** ISO instant at which the clock starts; absent or null: the live wall clock. */
  readonly asOf?: string | null;
  /** Simulated seconds per wall second (default 1; 0 stops the clock). */
  readonly rate?: number;
  readonly throttle?: boolean;
  readonly latencyMs?: number;
}

export interface Simulator {
  readonly url: string;
  readonly port: number;
  readonly organisation: Organisation;
  readonly fleet: FleetIndex;
  /** The control address without HTTP: `control("POST", "/clock", { asOf })`. @throws Error when it answers 4xx. */
  control(method: string, path: string, body?: unknown): unknown;
  /** Moves the clock; the shorthand that tests need most. */
  setClock(setting: ClockSetting): void;
  close(): Promise<void>;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function send(response: ServerResponse, outcome: Outcome, requestId: string): void {
  const reply = outcome.reply;
  if ("misbehave" in outcome) {
    if (outcome.misbehave === "hang") return;
    const body = Buffer.from(reply?.body ?? "{}");
    const half = body.subarray(0, Math.max(1, Math.floor(body.length / 2)));
    if (outcome.misbehave === "cut") {
      response.writeHead(200, {
        "content-type": reply?.contentType ?? "application/json",
        "content-length": body.length + 1,
      });
      response.write(half, () => response.destroy());
      return;
    }
    response.writeHead(200, {
      "content-type": reply?.contentType ?? "application/json",
      "content-length": half.length,
    });
    response.end(half);
    return;
  }
  const { status, contentType, headers, body } = outcome.reply;
  response.writeHead(status, {
    ...headers,
    "content-type": contentType,
    "content-length": typeof body === "string" ? Buffer.byteLength(body) : body.length,
    "x-amzn-requestid": requestId,
  });
  response.end(body);
}

/** Starts the simulator inside this process (tests) or as the whole of one (main.ts). */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { organisation } = options;
  const fleet = new FleetIndex(organisation);
  const clock = new SimulatedClock({ asOf: options.asOf ?? null, rate: options.rate });
  const settings: SimulatorSettings = {
    throttle: options.throttle ?? true,
    latencyMs: options.latencyMs ?? 0,
    resourceLevelCosts: false,
    optInRegions: false,
  };
  const context = { fleet, clock, settings };
  const sessions = new Sessions();
  const published: Publication[] = [];
  const services: Service[] = [
    mqService(context),
    stsService(context, sessions),
    organizationsService(context),
    costExplorerService(context),
    cloudWatchService(context),
    ec2Service(),
    cloudTrailService(context),
    healthService(context),
    pricingService(),
    snsService(published),
  ];
  const parts: DispatcherParts = {
    ...context,
    sessions,
    faults: new Faults(),
    journal: new Journal(),
    buckets: bucketsByService(),
    services: new Map(services.map((service) => [service.id, service])),
  };
  let requests = 0;

  const controlReply = (method: string, path: string, body: unknown): ControlReply => {
    const [bare = "/", query = ""] = path.split("?", 2);
    return control(method, bare, new URLSearchParams(query), body, { ...parts, published });
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const method = request.method ?? "GET";
    const url = request.url ?? "/";
    const body = method === "GET" ? "" : await readBody(request);
    if (url.startsWith("/_control")) {
      let parsed: unknown;
      try {
        parsed = body ? JSON.parse(body) : undefined;
      } catch {
        parsed = body;
      }
      const reply = controlReply(method, url.slice("/_control".length), parsed);
      response.writeHead(reply.status, { "content-type": "application/json" });
      response.end(JSON.stringify(reply.body));
      return;
    }
    requests += 1;
    const requestId = `00000000-0000-4000-8000-${requests.toString(16).padStart(12, "0")}`;
    const outcome = dispatch(
      {
        method,
        url,
        authorization: header(request, "authorization"),
        target: header(request, "x-amz-target"),
        body,
        requestId,
      },
      parts,
    );
    if (settings.latencyMs > 0) setTimeout(() => send(response, outcome, requestId), settings.latencyMs);
    else send(response, outcome, requestId);
  };

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      // The client went away in mid-request, or a defect: either way the connection is of no use any more.
      if (!request.destroyed) console.error("simulator:", error);
      response.destroy();
    });
  });
  server.keepAliveTimeout = 30_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, options.host ?? "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the simulator has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    organisation,
    fleet,
    control(method, path, body) {
      const reply = controlReply(method, path, body);
      if (reply.status >= 400) throw new Error(`control ${method} ${path}: ${JSON.stringify(reply.body)}`);
      return reply.body;
    },
    setClock: (setting) => clock.set(setting),
    close: () =>
      new Promise<void>((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}
