/** By a registered symbol rather than a class: a bundle may hold two copies of the class. */
export const effectsBrand: unique symbol = Symbol.for('lanewise.effects') as never;
