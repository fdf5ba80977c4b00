import type { FCVolumeSource, ISCSIVolumeSource } from '../../generated/openclaw-instance.ts';
import { isDnsSubdomain } from '../../kube/name-syntax.ts';
import type { Path } from '../../parse/source.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import { userVolumes } from '../user-volumes.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

/** By the date and the domain of who gave it, or by number. */
const ISCSI_NAME = /^(iqn\.\d{4}-\d{2}\.[0-9A-Za-z.-]+:[^,;*&$|\s]+|eui\.[0-9A-Za-z]{16}|naa\.[0-9A-Za-z]{32})$/;
const LAST_UNIT = 255;
const LONGEST_DRIVER = 63;
/** An interface of the node is named for both when the initiator has a name. */
const LONGEST_INTERFACE = 64;

function unitFindings(lun: number, path: Path): Finding[] {
  if (lun >= 0 && lun <= LAST_UNIT) return [];
  return [{ path: [...path, 'lun'], message: `${lun} is no unit of a disk; expected a number from 0 to ${LAST_UNIT}` }];
}

function iscsiNameFindings(name: string, path: Path): Finding[] {
  if (ISCSI_NAME.test(name)) return [];
  return [{ path, message: `${safelyQuoted(name)} is no name of iSCSI; expected one such as "iqn.2026-01.com.example:disk"` }];
}

function iscsiFindings(iscsi: ISCSIVolumeSource, volume: string, path: Path): Finding[] {
  const { chapAuthDiscovery, chapAuthSession, initiatorName, iqn, lun, secretRef, targetPortal } = iscsi;
  const findings = unitFindings(lun, path);
  // Without a name it says nothing of where the disk is, which is another rule's business.
  if (iqn !== '') findings.push(...iscsiNameFindings(iqn, [...path, 'iqn']));
  if (initiatorName !== undefined) {
    findings.push(...iscsiNameFindings(initiatorName, [...path, 'initiatorName']));
    if (new TextEncoder().encode(`${volume}:${targetPortal}`).length > LONGEST_INTERFACE)
      findings.push({
        path: [...path, 'targetPortal'],
        message: `${safelyQuoted(targetPortal)} and the name of the volume are together longer than ${LONGEST_INTERFACE} bytes with ":"; expected less beside "initiatorName"`,
        hint: 'give the volume a shorter name',
      });
  }
  if ((chapAuthDiscovery === true || chapAuthSession === true) && secretRef === undefined)
    findings.push({
      path,
      message: 'the disk asks for a login, and none is named; expected "secretRef"',
      hint: 'name the Secret of the login',
    });
  return findings;
}

function fibreFindings({ lun, targetWWNs = [], wwids = [] }: FCVolumeSource, path: Path): Finding[] {
  if (targetWWNs.length > 0 === wwids.length > 0) {
    const found = targetWWNs.length > 0 ? 'two ways' : 'no way';
    return [{ path, message: `the disk is named in ${found}; expected "targetWWNs" with "lun", or "wwids"` }];
  }
  if (targetWWNs.length === 0) return [];
  if (lun === undefined) return [{ path, message: '"targetWWNs" has no unit; expected "lun" beside it' }];
  return unitFindings(lun, path);
}

function driverFindings(driver: string, path: Path): Finding[] {
  if (driver === '' || (driver.length <= LONGEST_DRIVER && isDnsSubdomain(driver.toLowerCase()))) return [];
  return [
    {
      path: [...path, 'driver'],
      message: `${safelyQuoted(driver)} cannot be the name of a driver; expected one such as "csi.example.com"`,
    },
  ];
}

export const volumeDisk: Rule = {
  id: 'volume-disk',
  severity: 'error',
  summary: 'A volume of the user names a disk or a driver that cannot be.',
  hint: 'take the names from who runs the disk or the driver',
  check({ instance }: RuleContext) {
    return userVolumes(instance).flatMap(({ volume: { csi, fc, iscsi, name }, path }) => [
      ...(csi === undefined ? [] : driverFindings(csi.driver, [...path, 'csi'])),
      ...(fc === undefined ? [] : fibreFindings(fc, [...path, 'fc'])),
      ...(iscsi === undefined ? [] : iscsiFindings(iscsi, name, [...path, 'iscsi'])),
    ]);
  },
};
