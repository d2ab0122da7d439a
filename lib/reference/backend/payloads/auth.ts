export const authValidate = {
  valid: true,
  user: { id: 'usr-0007', name: 'operator', roles: ['viewer', 'operator'] },
  session: { id: 'ses-4f1c', issuedAt: '2025-11-10T08:00:00Z', expiresAt: '2025-11-10T20:00:00Z' },
  scopes: ['agents:read', 'projects:read', 'services:control', 'system:read'],
};
