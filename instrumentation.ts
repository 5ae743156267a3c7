/** Next calls this once when the server starts: the place where aliases and .tsx resolve, so the worker and the metrics live here. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { startWorkerOfSite } = await import("#lib/start-worker.ts");
  startWorkerOfSite();
  const { startMetricsOfSite } = await import("#lib/metrics.ts");
  await startMetricsOfSite();
}
