/** One of the choices, as often as its weight says, in turn. */
export function pickByWeight<Choice>(choices: readonly [weight: number, choice: Choice][], turn: number): Choice {
  const places = choices.flatMap(([weight, choice]) => Array.from({ length: weight }, () => choice));
  return places[turn % places.length] as Choice;
}
