import type { z } from "zod";
import type { Permission } from "@/lib/contracts/permissions";

/** Media types of files that routes answer with. */
export type FileType =
  | "text/csv"
  | "text/calendar"
  | "text/markdown"
  | "text/plain; version=0.0.4"
  | "application/json"
  | "application/pdf"
  | "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** A route of /api/v1 as its callers see it. */
export interface Endpoint {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Below /api/v1, path parameters in braces. */
  path: string;
  summary: string;
  /** `signed-in`: anybody with a session. null: nobody needs to be signed in (health, readiness, signing in itself). */
  permission: Permission | "signed-in" | null;
  /** Needs a person: refused to keys of the API (besides permissions that no key has). */
  personal?: true;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** Takes a narrow token as `token` of its query, for programs that send no headers of their own. */
  addressToken?: true;
  /** A schema for JSON, or the media type of a file. */
  response: z.ZodType | FileType;
  /** Largest body that is read; absent: 1 MB. */
  maxBodyBytes?: number;
  status?: number;
}
