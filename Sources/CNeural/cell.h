// The LSTM cell, a vector of units at a time. LSTMCell.swift has the same equations as plain Swift;
// the tests compare the two.

INLINE void cell_forward_units(const kws_cell_step *s, const float *bias, size_t row, size_t unit,
                               size_t count) {
  float *gates = s->gates + row * s->gates_stride + unit;
  const size_t units = s->units;
  const size_t i = 0, f = units, g = 2 * units, o = 3 * units;
  bias += unit;

  const vector input = logistic(load(gates + i, count) + load(bias + i, count));
  const vector forget = logistic(load(gates + f, count) + load(bias + f, count));
  const vector candidate = hyperbolic_tangent(load(gates + g, count) + load(bias + g, count));
  const vector output = logistic(load(gates + o, count) + load(bias + o, count));
  const vector previous =
      load(s->previous_cell + row * s->previous_cell_stride + unit, count);
  const vector cell = forget * previous + input * candidate;
  const vector activation = hyperbolic_tangent(cell);

  store(gates + i, input, count);
  store(gates + f, forget, count);
  store(gates + g, candidate, count);
  store(gates + o, output, count);
  store(s->cell + row * s->cell_stride + unit, cell, count);
  store(s->cell_activation + row * s->cell_activation_stride + unit, activation, count);
  store(s->hidden + row * s->hidden_stride + unit, output * activation, count);
}

static void cell_forward(const kws_cell_step *s, const float *bias) {
  for (size_t row = 0; row < s->rows; row++) {
    size_t unit = 0;
    for (; unit + LANES <= s->units; unit += LANES) cell_forward_units(s, bias, row, unit, LANES);
    if (unit < s->units) cell_forward_units(s, bias, row, unit, s->units - unit);
  }
}

INLINE void cell_backward_units(const kws_cell_step *s, const float *d_hidden_row,
                                float *d_cell_row, float *bias_gradient, size_t row, size_t unit,
                                size_t count) {
  float *gates = s->gates + row * s->gates_stride + unit;
  const size_t units = s->units;
  const size_t i = 0, f = units, g = 2 * units, o = 3 * units;
  bias_gradient += unit;

  const vector input = load(gates + i, count);
  const vector forget = load(gates + f, count);
  const vector candidate = load(gates + g, count);
  const vector output = load(gates + o, count);
  const vector previous =
      load(s->previous_cell + row * s->previous_cell_stride + unit, count);
  const vector activation =
      load(s->cell_activation + row * s->cell_activation_stride + unit, count);
  const vector d_hidden = load(d_hidden_row + unit, count);

  // forward: hidden = output * tanh(cell)
  const vector d_output = d_hidden * activation;
  const vector d_cell =
      load(d_cell_row + unit, count) + d_hidden * output * (1.0f - activation * activation);
  // forward: cell = forget * previous + input * candidate
  const vector d_forget = d_cell * previous;
  const vector d_input = d_cell * candidate;
  const vector d_candidate = d_cell * input;
  store(d_cell_row + unit, d_cell * forget, count);
  // forward: gate = logistic(sum + bias); candidate = tanh(sum + bias)
  const vector d_sums[4] = {
      d_input * input * (1.0f - input), d_forget * forget * (1.0f - forget),
      d_candidate * (1.0f - candidate * candidate), d_output * output * (1.0f - output)};
  const size_t places[4] = {i, f, g, o};
  UNROLL for (int gate = 0; gate < 4; gate++) {
    store(gates + places[gate], d_sums[gate], count);
    float *bias_place = bias_gradient + places[gate];
    store(bias_place, load(bias_place, count) + d_sums[gate], count);
  }
}

static void cell_backward(const kws_cell_step *s, const float *hidden_gradient,
                          size_t hidden_gradient_stride, float *cell_gradient,
                          size_t cell_gradient_stride, float *bias_gradient) {
  for (size_t row = 0; row < s->rows; row++) {
    const float *d_hidden = hidden_gradient + row * hidden_gradient_stride;
    float *d_cell = cell_gradient + row * cell_gradient_stride;
    size_t unit = 0;
    for (; unit + LANES <= s->units; unit += LANES) {
      cell_backward_units(s, d_hidden, d_cell, bias_gradient, row, unit, LANES);
    }
    if (unit < s->units) {
      cell_backward_units(s, d_hidden, d_cell, bias_gradient, row, unit, s->units - unit);
    }
  }
}
