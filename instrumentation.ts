/** Next calls this once when the server starts: the place where aliases and .tsx resolve, so the worker lives here. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { startWorkerOfSite } = await import("#lib/start-worker.ts");
  startWorkerOfSite();
}
