export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
  // biome-ignore lint/suspicious/noExplicitAny: answers are compared whole in the specs
  readonly json: any;
}

/** One HTTP request to a registry, and all of its answer. */
export async function askRegistry(
  address: string,
  method: string,
  path: string,
  { body: sent, ...rest }: Pick<RequestInit, 'headers'> & { body?: Buffer },
): Promise<Answer> {
  const response = await fetch(`${address}${path}`, {
    method,
    ...rest,
    ...(sent === undefined ? {} : { body: new Uint8Array(sent) }),
  });
  const body = Buffer.from(await response.arrayBuffer());
  const isJson = /json/.test(response.headers.get('content-type') ?? '') && body.length > 0;
  return {
    status: response.status,
    headers: response.headers,
    body,
    json: isJson ? JSON.parse(body.toString()) : null,
  };
}
