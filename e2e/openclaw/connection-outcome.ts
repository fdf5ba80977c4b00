import type { Route } from './route.ts';
import { connectGateway, GatewayRefusal, type Credentials } from './websocket-client.ts';

/** `connected`, or the gateway's word for why not. */
export async function connectionOutcome(route: Route, credentials: Credentials): Promise<string> {
  try {
    (await connectGateway(route, credentials)).close();
    return 'connected';
  } catch (error) {
    if (error instanceof GatewayRefusal) return error.code;
    throw error;
  }
}
