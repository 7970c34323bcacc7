import { z } from "zod";
import { parseBrokerArn } from "@/lib/domain/broker-arn";

/** Schemas of what AWS may leave out: absent and null are the same. */
export const optionalText = z.string().nullish();
export const optionalFlag = z.boolean().nullish();
export const optionalWhole = z.number().int().nullish();

/** ISO text; some endpoints send seconds since 1970. */
export const optionalInstant = z.union([z.string(), z.number()]).nullish();

/** The ARN of a broker: its identity, so it must be one. */
export const brokerArn = z.string().refine((text) => parseBrokerArn(text) !== undefined);
