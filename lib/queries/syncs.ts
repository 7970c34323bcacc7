import { keepPreviousData, mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import { fetchApi } from "@/lib/queries/fetch-api";
import {
  FIRST_PART,
  LATEST_SYNC,
  type SyncListInput,
  type SyncPart,
  syncKeys,
  syncPartSearch,
  syncSearch,
} from "@/lib/queries/syncs.keys";

const RUNNING_POLL_MS = 1_000;
const IDLE_POLL_MS = 30_000;

/** One page of the syncs, newest first; asked again every second while one is running. */
export const syncsQuery = (input: SyncListInput) =>
  queryOptions({
    queryKey: syncKeys.list(input),
    queryFn: ({ signal }) => fetchApi("syncs", { search: syncSearch(input), signal }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.freshness.running ? RUNNING_POLL_MS : IDLE_POLL_MS),
  });

/** The newest sync and how fresh the data is. */
export const latestSyncQuery = () => syncsQuery(LATEST_SYNC);

/** One sync with a part of its outcomes; asked again every second until it has ended. */
export const syncQuery = (id: string, part: SyncPart = FIRST_PART) =>
  queryOptions({
    queryKey: syncKeys.detail(id, part),
    queryFn: ({ signal }) => fetchApi("sync", { params: { id }, search: syncPartSearch(part), signal }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.sync.status === "running" ? RUNNING_POLL_MS : false),
  });

/** Starts a sync, or joins the one that runs. */
export const startSyncMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: () => fetchApi("startSync"),
    onSuccess: () => client.invalidateQueries({ queryKey: syncKeys.all }),
  });
