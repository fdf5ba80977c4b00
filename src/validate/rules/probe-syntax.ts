import type { LifecycleHandler, Probe } from '../../generated/openclaw-instance.ts';
import { isPortName } from '../../kube/name-syntax.ts';
import type { Path } from '../../parse/source.ts';
import { TERMINATION_GRACE_SECONDS } from '../../resolve/termination-grace.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import { userContainers } from '../user-containers.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

type Handler = Probe & LifecycleHandler;

const HANDLERS = ['exec', 'grpc', 'httpGet', 'sleep', 'tcpSocket'] as const;
const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;
const HOOKS = ['postStart', 'preStop'] as const;
const HEADER_NAME = /^[-A-Za-z0-9]+$/;

function handlerFindings(what: string, handler: Handler, path: Path): Finding[] {
  const findings: Finding[] = [];
  const given = HANDLERS.filter((name) => handler[name] !== undefined);
  if (given.length !== 1) {
    const found = given.length === 0 ? 'does nothing' : `has ${given.map((name) => `"${name}"`).join(' and ')}`;
    findings.push({ path, message: `"${what}" ${found}; expected one of "exec", "httpGet" and the like` });
  }
  if (handler.exec !== undefined && (handler.exec.command ?? []).length === 0)
    findings.push({ path: [...path, 'exec'], message: `"${what}" has no command; expected a list with the program first` });
  for (const field of ['httpGet', 'tcpSocket'] as const) {
    const port = handler[field]?.port;
    if (port === undefined || (typeof port === 'string' ? isPortName(port) : port >= 1 && port <= 65_535)) continue;
    findings.push({
      path: [...path, field, 'port'],
      message: `${safelyQuoted(String(port))} is no port; expected a number from 1 to 65535, or the name of a port`,
    });
  }
  const seconds = handler.sleep?.seconds ?? 0;
  if (seconds > TERMINATION_GRACE_SECONDS)
    findings.push({
      path: [...path, 'sleep', 'seconds'],
      message: `${seconds} seconds are more than the pod has to end; expected ${TERMINATION_GRACE_SECONDS} at most`,
      hint: 'sleep for less',
    });
  for (const [index, { name }] of (handler.httpGet?.httpHeaders ?? []).entries()) {
    if (!HEADER_NAME.test(name))
      findings.push({
        path: [...path, 'httpGet', 'httpHeaders', index, 'name'],
        message: `${safelyQuoted(name)} is not the name of a header; expected letters, digits and "-"`,
      });
  }
  return findings;
}

function probeFindings(what: (typeof PROBES)[number], probe: Probe, path: Path): Finding[] {
  const findings = handlerFindings(what, probe, path);
  // Zero means the default, which is one.
  if (what !== 'readinessProbe' && (probe.successThreshold ?? 0) > 1)
    findings.push({
      path: [...path, 'successThreshold'],
      message: `${probe.successThreshold} successes are asked of "${what}"; expected 1`,
      hint: 'remove the field',
    });
  if (what === 'readinessProbe' && probe.terminationGracePeriodSeconds !== undefined)
    findings.push({
      path: [...path, 'terminationGracePeriodSeconds'],
      message: '"readinessProbe" ends no container; expected no "terminationGracePeriodSeconds" in it',
      hint: 'remove the field',
    });
  return findings;
}

export const probeSyntax: Rule = {
  id: 'probe-syntax',
  severity: 'error',
  summary: "A probe or a lifecycle hook of the user's container is none that Kubernetes accepts.",
  hint: 'give each probe and hook one action: exec with a command, httpGet or tcpSocket with a port',
  check({ instance }: RuleContext) {
    const findings: Finding[] = [];
    for (const { container, path, isLongRunning } of userContainers(instance)) {
      const given = [...PROBES, 'lifecycle' as const].filter((field) => container[field] !== undefined);
      if (!isLongRunning) {
        for (const field of given)
          findings.push({
            path: [...path, field],
            message: `init container ${safelyQuoted(container.name)} has "${field}"; expected none without "restartPolicy: Always"`,
            hint: 'remove the field, or let the container run on with "restartPolicy: Always"',
          });
        continue;
      }
      for (const what of PROBES) {
        const probe = container[what];
        if (probe !== undefined) findings.push(...probeFindings(what, probe, [...path, what]));
      }
      for (const what of HOOKS) {
        const hook = container.lifecycle?.[what];
        if (hook !== undefined) findings.push(...handlerFindings(what, hook, [...path, 'lifecycle', what]));
      }
    }
    return findings;
  },
};
