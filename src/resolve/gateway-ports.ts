/** Ports around the gateway. OpenClaw owns 18789 and derives 18790 to 18899 from it, so our proxy stays below. */
export const GATEWAY_PORT = 18789;
export const PROXY_PORT = 18780;
/** OpenClaw's MCP Apps listener, the gateway's port + 1. */
export const MCP_APPS_PORT = 18790;
export const MCP_APPS_PROXY_PORT = 18781;
/** Ports that OpenClaw derives from the gateway's: MCP Apps, browser control, reserved, Chrome's CDP. */
export const RESERVED_PORTS = { first: 18789, last: 18899 } as const;
