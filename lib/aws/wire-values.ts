import { z } from "zod";
import { parseBrokerArn } from "@/lib/domain/broker-arn";

/** Schemas of what AWS may leave out: absent and null are the same. */
export const optionalText = z.string().nullish();
export const optionalFlag = z.boolean().nullish();
export const optionalWhole = z.number().int().nullish();

/** ISO text; some endpoints send seconds since 1970. */
export const optionalInstant = z.union([z.string(), z.number()]).nullish();

/** Longest ARN and id that are taken, in UTF-8: both are keys of the database. AWS's have less than 200. */
const MAX_KEY_BYTES = 1_000;
const isKey = (text: string): boolean => text !== "" && Buffer.byteLength(text) <= MAX_KEY_BYTES;

/** The ARN of a broker: its identity, so it must be one. */
export const brokerArn = z.string().refine((text) => isKey(text) && parseBrokerArn(text) !== undefined);

/** The id of a broker or a configuration. */
export const resourceId = z.string().refine(isKey);
