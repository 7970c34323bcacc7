/** billed: a source that names the resource. allocated: cut from a total that only such brokers produce. ambiguous: engine or mode not proved. */
export type CostBasis = "billed" | "allocated" | "ambiguous";
