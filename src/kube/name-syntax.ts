/** What the API server accepts as names, keys and values of each kind. */

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const SERVICE_NAME = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const NAME_PART = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const CONFIG_MAP_KEY = /^[-._a-zA-Z0-9]+$/;

/** RFC 1123 label: namespaces, containers, volumes, ports of a Service. */
export function isDnsLabel(text: string): boolean {
  return text.length <= 63 && LABEL.test(text);
}

/** RFC 1035 label: a Service, unlike other objects, must start with a letter. */
export function isServiceName(text: string): boolean {
  return text.length <= 63 && SERVICE_NAME.test(text);
}

/** RFC 1123 subdomain: names of most objects, host names. */
export function isDnsSubdomain(text: string): boolean {
  return text.length <= 253 && SUBDOMAIN.test(text);
}

/** Keys of labels and annotations: an optional domain and `/`, then at most 63 characters. */
export function isQualifiedName(text: string): boolean {
  const slash = text.indexOf('/');
  const name = text.slice(slash + 1);
  return (slash < 0 || isDnsSubdomain(text.slice(0, slash))) && name.length <= 63 && NAME_PART.test(name);
}

/** The API server lowers annotation keys before it judges them. */
export function isAnnotationKey(text: string): boolean {
  return isQualifiedName(text.toLowerCase());
}

export function isLabelValue(text: string): boolean {
  return text === '' || (text.length <= 63 && NAME_PART.test(text));
}

/** IANA service name: ports of a container. */
export function isPortName(text: string): boolean {
  return text.length <= 15 && LABEL.test(text) && /[a-z]/.test(text) && !text.includes('--');
}

/** Keys of ConfigMaps and Secrets. */
export function isConfigMapKey(text: string): boolean {
  return text.length <= 253 && CONFIG_MAP_KEY.test(text) && text !== '.' && !text.startsWith('..');
}
