/** Brokers that somebody may want to assign, in the order of the tabs beside the owners themselves. */
export const SECTIONS = ["none", "account-default", "ambiguous", "assigned"] as const;
export type Section = (typeof SECTIONS)[number];
