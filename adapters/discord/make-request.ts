import { DefaultRestOptions, type RESTOptions } from "discord.js";

type MakeRequest = RESTOptions["makeRequest"];

/**
 * How the client makes its requests. The HTTP client that comes with discord.js takes half of the time that Node's own
 * `fetch` does, which counts while people wait; but it goes through a dispatcher that all copies of undici in a process
 * share, and a newer copy refuses its uploads: these go by `fetch`.
 */
export const makeRequest: MakeRequest = (url, init) => {
  const make =
    init.body instanceof FormData ? (fetch as unknown as MakeRequest) : DefaultRestOptions.makeRequest;
  return make(url, init);
};
