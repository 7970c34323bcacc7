import { ENDPOINTS, type Endpoint } from "@/lib/contracts/endpoints";
import { AppError } from "@/lib/domain/errors";

interface ApiPath {
  pattern: RegExp;
  methods: readonly string[];
}

/** Every address of the API once, those without parameters first. */
const PATHS: readonly ApiPath[] = apiPaths(Object.values(ENDPOINTS));

function apiPaths(endpoints: readonly Endpoint[]): ApiPath[] {
  const methods = new Map<string, string[]>();
  for (const { path, method } of endpoints) methods.set(path, [...(methods.get(path) ?? []), method]);
  return [...methods]
    .sort(([a], [b]) => Number(a.includes("{")) - Number(b.includes("{")))
    .map(([path, allowed]) => ({
      pattern: new RegExp(`^/api/v1${path.replace(/\{\w+\}/g, "[^/]+").replaceAll(".", "\\.")}/?$`),
      methods: allowed.includes("GET") ? [...allowed, "HEAD"] : allowed,
    }));
}

function isDecodable(pathname: string): boolean {
  try {
    decodeURIComponent(pathname);
    return true;
  } catch {
    return false;
  }
}

/**
 * Refuses what no route would answer, before Next does it without a body: an address below /api that is none (not-found) and a method that an
 * address does not have (method-not-allowed, with those it has). Null for everything else.
 */
export function refusalOfAddress(method: string, pathname: string): AppError | null {
  if (pathname !== "/api" && !pathname.startsWith("/api/")) return null;
  if (!isDecodable(pathname)) return new AppError("invalid-input", "The address holds a % that encodes nothing.");
  const path = PATHS.find(({ pattern }) => pattern.test(pathname));
  if (!path) return new AppError("not-found", "There is no such address; /api/v1/openapi.json lists all.");
  if (method === "OPTIONS" || path.methods.includes(method)) return null;
  const allow = path.methods.join(", ");
  return new AppError("method-not-allowed", `This address answers ${allow}.`, { details: { allow } });
}
