/**
 * Program: what OpenClaw loads in place of its plugin `diagnostics-otel`, which is in the official images but not on npm. It sends one
 * metric to the endpoint of the gateway's configuration, over and over.
 */
interface Service {
  readonly config: { readonly diagnostics?: { readonly otel?: { readonly endpoint?: string } } };
  readonly logger: { readonly warn: (text: string) => void };
}

interface Api {
  readonly registerService: (service: { id: string; start: (service: Service) => void; stop: () => void }) => void;
}

const PERIOD_MILLISECONDS = 1000;
let timer: NodeJS.Timeout | undefined;

async function send(endpoint: string): Promise<void> {
  const dataPoints = [{ timeUnixNano: `${Date.now()}000000`, asInt: '1' }];
  const scopeMetrics = [{ metrics: [{ name: 'gateway.exports', gauge: { dataPoints } }] }];
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'openclaw' } }] };
  const { status } = await fetch(`${endpoint}/v1/metrics`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ resourceMetrics: [{ resource, scopeMetrics }] }),
  });
  if (status !== 200) throw new Error(`the collector answers ${status}`);
}

export function register(api: Api): void {
  api.registerService({
    id: 'diagnostics-otel',
    start: ({ config, logger }) => {
      const endpoint = config.diagnostics?.otel?.endpoint;
      if (endpoint === undefined) throw new Error('diagnostics.otel.endpoint is not set');
      timer = setInterval(() => {
        send(endpoint).catch((error: Error) => logger.warn(error.message));
      }, PERIOD_MILLISECONDS);
    },
    stop: () => clearInterval(timer),
  });
}
