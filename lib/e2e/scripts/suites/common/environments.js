const environments = {
  at22: { baseUrl: 'https://at22.invalid' },
  yt01: { baseUrl: 'https://yt01.invalid' },
};

export function environmentOf(name) {
  return environments[name] ?? { baseUrl: __ENV.BASE_URL };
}
