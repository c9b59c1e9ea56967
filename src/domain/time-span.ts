/**
 * A length of time as people say it: `72 hours`, `90 minutes`, `2 hours 30 minutes`. `hour` is how long one hour of deadlines
 * lasts, in milliseconds (`policy.deferred.hour`): in the demo an hour passes in a second and is still called an hour.
 */
export function timeSpan(milliseconds: number, hour: number): string {
  const minutes = Math.max(0, Math.round((milliseconds / hour) * 60));
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return count(rest, "minute");
  return rest === 0 ? count(hours, "hour") : `${count(hours, "hour")} ${count(rest, "minute")}`;
}

/** The same as it is written in a policy or a command: `24h`, `90m`. */
export function durationText(milliseconds: number, hour: number): string {
  const minutes = Math.max(1, Math.round((milliseconds / hour) * 60));
  return minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`;
}

function count(number: number, unit: string): string {
  return `${number} ${unit}${number === 1 ? "" : "s"}`;
}
