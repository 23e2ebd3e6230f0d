import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('the systemd unit keeps the headless host away from all but its folder and the network', () => {
  const unit = readFileSync('resources/tidings.service', 'utf8');
  const lines = new Set(unit.split('\n').map((line) => line.trim()));
  for (const line of [
    'DynamicUser=yes',
    'ProtectSystem=strict',
    'ProtectHome=yes',
    'PrivateTmp=yes',
    'NoNewPrivileges=yes',
    'RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX',
    'MemoryMax=512M',
    'StateDirectory=tidings',
    'CapabilityBoundingSet=',
  ])
    expect(lines).toContain(line);
  const command = /^ExecStart=(\S+) (.+)$/m.exec(unit);
  expect(command?.[1]).toMatch(/^\/.+\/tidings$/);
  expect(command?.[2]).toBe('serve --data /var/lib/tidings');
});
