import type { ServicePortSlot } from './contribution.ts';
import { itemsOf, type Part } from './parts.ts';

/** The Service's ports in order; one that yields is left out when another has its name or number. */
export function servicePorts(parts: readonly Part[]): ServicePortSlot[] {
  const ports = itemsOf(parts, (part) => part.servicePorts);
  const firm = ports.filter((port) => port.yields !== true);
  return ports.filter(
    (port) =>
      port.yields !== true ||
      !firm.some((other) => other.name === port.name || (other.port === port.port && other.protocol === port.protocol)),
  );
}
