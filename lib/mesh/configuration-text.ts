import { blankCommentsAndCdata, type NetworkConnector, parseNetworkConnectors } from "./network-connectors";

/** What rules want to know of an ActiveMQ configuration. */
export interface ConfigurationReading {
  /** Why it could not be understood; null when it was. */
  readonly problem: string | null;
  /** Null when it could not be understood. */
  readonly connectors: readonly NetworkConnector[] | null;
  readonly hasAuthorizationMap: boolean;
}

const NOTHING: ConfigurationReading = { problem: null, connectors: [], hasAuthorizationMap: false };

/** Reads the decoded text of an ActiveMQ configuration revision. Most name neither connectors nor an authorization map: those are not parsed. */
export function readConfigurationText(xml: string): ConfigurationReading {
  const namesMap = xml.includes("authorizationMap");
  if (!xml.includes("networkConnector") && !namesMap) return NOTHING;
  const parsed = parseNetworkConnectors(xml);
  if (!parsed.ok) return { problem: parsed.error.message, connectors: null, hasAuthorizationMap: false };
  const text = namesMap ? (blankCommentsAndCdata(xml) ?? "") : "";
  return {
    problem: null,
    connectors: parsed.connectors,
    hasAuthorizationMap: /<\s*(\w+:)?authorizationMap\b/.test(text),
  };
}
