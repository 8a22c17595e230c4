/** Enough of a browser to install an app: it follows no links by itself, and keeps cookies. */
export interface Browser {
  /** @param address of the site as people know it, or a path of it. */
  visit(address: string): Promise<Visit>;
}

export interface Visit {
  readonly status: number;
  readonly html: string;
  readonly headers: Headers;
}

/** @param publicOrigin by which people know the site that listens at `url`. */
export function openBrowser(publicOrigin: string, url: string): Browser {
  const cookies = new Map<string, string>();
  return {
    async visit(address) {
      const target = new URL(address, publicOrigin);
      if (target.origin !== publicOrigin) throw new Error(`not our site: ${target}`);
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
      const response = await fetch(`${url}${target.pathname}${target.search}`, {
        headers: cookie === "" ? {} : { cookie },
        redirect: "manual",
      });
      for (const set of response.headers.getSetCookie()) {
        const [name = "", value = ""] = (set.split(";")[0] ?? "").split("=");
        if (/expires=thu, 01 jan 1970/i.test(set)) cookies.delete(name);
        else cookies.set(name, value);
      }
      return { status: response.status, html: await response.text(), headers: response.headers };
    },
  };
}
