/** What every chart says. */
export const charts = {
  numbers: 'Numbers',
  numbersOf: (title: string) => ` of ${title}`,
  numbersFor: (title: string) => `The numbers of ${title}`,
  stepThrough: (title: string) => `${title}, as a drawing. Step through it with the arrow keys.`,
};
