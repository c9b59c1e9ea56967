import { Client } from "pg";
import { startTcpProxy, type TcpProxy } from "./tcp-proxy.ts";

/** Before a PostgreSQL; the address is the same database by way of it. */
export async function startDatabaseProxy(targetUrl: string): Promise<TcpProxy & { readonly url: string }> {
  const { host, port, user, password, database } = new Client({ connectionString: targetUrl });
  const proxy = await startTcpProxy(() =>
    host.startsWith("/") ? { path: `${host}/.s.PGSQL.${String(port)}` } : { host, port },
  );
  const credentials = `${user ?? ""}:${encodeURIComponent(password ?? "")}`;
  return {
    ...proxy,
    url: `postgresql://${credentials}@127.0.0.1:${String(proxy.port)}/${database ?? ""}`,
  };
}

/** Before an HTTP server on loopback. */
export async function startHttpProxy(targetUrl: string): Promise<TcpProxy & { readonly url: string }> {
  const { port } = new URL(targetUrl);
  const proxy = await startTcpProxy(() => ({ host: "127.0.0.1", port: Number(port) }));
  return { ...proxy, url: `http://127.0.0.1:${String(proxy.port)}` };
}
