/** git's short form for SSH, `host:path`; a host of one letter would be a drive. */
const SHORT_FORM = /^(?:[\w.-]+@)?[\w.-]{2,}:(?!\/\/)[^\s\\@]+$/;
const SCHEMES = /^(?:https?|ssh|git):$/;

/** The address of a repository as everyone may see it: without passwords, tokens and queries; null for what is no address, such as a path of one machine. */
export function publicAddress(address: string): string | null {
  if (SHORT_FORM.test(address)) return address;
  const url = addressOf(address);
  if (url === null) return null;
  if (!hasSharedName(url)) url.username = '';
  url.password = '';
  url.search = '';
  url.hash = '';
  return url.href;
}

/** True for an address of a repository that holds nothing which `publicAddress` would take out. */
export function isPublicAddress(address: string): boolean {
  if (SHORT_FORM.test(address)) return true;
  const url = addressOf(address);
  if (url === null) return false;
  return (url.username === '' || hasSharedName(url)) && `${url.password}${url.search}${url.hash}` === '';
}

function addressOf(text: string): URL | null {
  const url = /^[\x21-\x7e]+$/.test(text) ? URL.parse(text) : null;
  return url !== null && SCHEMES.test(url.protocol) ? url : null;
}

/** Over SSH the name is the same for everybody; over HTTPS it may be a token. */
function hasSharedName({ protocol }: URL): boolean {
  return protocol === 'ssh:';
}
