/** Milliseconds that this thread has computed so far: what else the machine does is not in it. */
export function processorTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}
