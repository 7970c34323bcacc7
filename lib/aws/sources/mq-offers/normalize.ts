import { compareVersionTexts, normalizeEngine } from "@/lib/domain/engine-version";
import type { OfferRead } from "../../gateway";
import { enumValue, sortedSet } from "../../normalize-values";
import type { EngineTypeAnswer, InstanceOptionAnswer } from "./fetch";

/** Offered versions, each once, by engine and version. */
export function normalizeEngineTypes(types: readonly EngineTypeAnswer[]): OfferRead[] {
  const versionsByEngine = new Map<string, Set<string>>();
  for (const type of types) {
    const engine = normalizeEngine(type.EngineType);
    const versions = versionsByEngine.get(engine) ?? new Set<string>();
    for (const { Name: name } of type.EngineVersions ?? []) if (name) versions.add(name);
    versionsByEngine.set(engine, versions);
  }
  return [...versionsByEngine]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([engine, versions]) =>
      [...versions].sort(compareVersionTexts).map((version) => ({ kind: "engine-version", engine, version }) as const),
    );
}

/** Offered instance types; AWS gives one entry per engine, type and storage type. */
export function normalizeInstanceOption(option: InstanceOptionAnswer): OfferRead {
  return {
    kind: "instance-option",
    engine: normalizeEngine(option.EngineType),
    instanceType: option.HostInstanceType,
    storageType: enumValue(option.StorageType),
    deploymentModes: sortedSet(option.SupportedDeploymentModes?.flatMap((mode) => enumValue(mode) ?? [])),
    engineVersions: [...new Set(option.SupportedEngineVersions ?? [])].sort(compareVersionTexts),
    availabilityZones: sortedSet(option.AvailabilityZones?.flatMap(({ Name: name }) => name || [])),
  };
}
