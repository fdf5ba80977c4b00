/** The gateway's ports to the outside: nginx in front of it, or the gateway itself when the proxy is off. */
import type { Contribution, Feature } from '../compose/contribution.ts';
import { GATEWAY_PORT, MCP_APPS_PORT, MCP_APPS_PROXY_PORT, PROXY_PORT } from '../resolve/gateway-ports.ts';
import type { Resolved } from '../resolve/resolved.ts';

function contribute({ gateway, config, service }: Resolved): Contribution {
  const apps = config.exposesMcpApps;
  const proxyListeners = [
    { name: 'gw-proxy', port: PROXY_PORT, targetPort: GATEWAY_PORT },
    ...(apps ? [{ name: 'mcp-apps-proxy', port: MCP_APPS_PROXY_PORT, targetPort: MCP_APPS_PORT }] : []),
  ];
  const servicePorts = [
    { name: 'gateway', port: GATEWAY_PORT, targetPort: gateway.port, protocol: 'TCP' as const },
    ...(apps
      ? [
          {
            name: 'mcp-apps',
            port: MCP_APPS_PORT,
            targetPort: gateway.proxied ? MCP_APPS_PROXY_PORT : MCP_APPS_PORT,
            protocol: 'TCP' as const,
          },
        ]
      : []),
  ];
  return {
    ...(gateway.proxied ? { proxyListeners } : { trustedProxies: gateway.ingressCidrs }),
    // Ports that the user lists replace ours.
    servicePorts: service.customPorts.length > 0 ? service.customPorts : servicePorts,
  };
}

export const gatewayProxy: Feature = {
  id: 'gateway-proxy',
  summary: 'nginx in front of the gateway, so that remote clients are never taken for local ones',
  reads: ['gateway.enabled', 'networking.service.ports', 'config.raw.mcp.apps', 'image.tag'],
  contribute,
};
