// Express with Twilio's library, as their tutorial has it: twilio.webhook() checks the signature.
// https://www.twilio.com/docs/usage/tutorials/how-to-secure-your-express-app-by-validating-incoming-twilio-requests
const { createRequire } = require("node:module");
const { readFileSync } = require("node:fs");

const installed = createRequire(process.env.NODE_MODULES);
const express = installed("express");
const twilio = installed("twilio");

const { VoiceResponse, MessagingResponse } = twilio.twiml;
const places = JSON.parse(readFileSync(process.env.PLACES, "utf8"));
const app = express();
app.set("trust proxy", true); // the address that Twilio signed is https
app.use(express.urlencoded({ extended: false }));

app.post("/voice", twilio.webhook(), (req, res) => {
  const response = new VoiceResponse();
  const gather = response.gather({ numDigits: 4, timeout: 6, action: "/voice/keyed" });
  gather.say({ language: "nl-NL" }, "Direct gevaar? Bel 1 1 2.");
  gather.say({ language: "nl-NL" }, "Om welke postcode gaat het? Toets de vier cijfers.");
  response.redirect("/voice");
  res.type("text/xml").send(response.toString());
});

app.post("/voice/keyed", twilio.webhook(), (req, res) => {
  const response = new VoiceResponse();
  const digits = req.body.Digits;
  const place = places[digits];
  if (place) {
    response.say({ language: "nl-NL" }, "U wordt verbonden.");
    response.dial({ action: `/voice/dialled?postcode=${digits}&tried=1`, timeout: 20 }, place.numbers[0]);
  } else {
    response.redirect("/voice");
  }
  res.type("text/xml").send(response.toString());
});

app.post("/voice/dialled", twilio.webhook(), (req, res) => {
  const response = new VoiceResponse();
  const { postcode } = req.query;
  const tried = Number(req.query.tried);
  const { numbers } = places[postcode];
  if (req.body.DialCallStatus === "completed" || tried >= numbers.length) {
    response.hangup();
  } else {
    response.dial({ action: `/voice/dialled?postcode=${postcode}&tried=${tried + 1}`, timeout: 20 }, numbers[tried]);
  }
  res.type("text/xml").send(response.toString());
});

app.post("/sms", twilio.webhook(), (req, res) => {
  const response = new MessagingResponse();
  const place = places[req.body.Body.trim()];
  if (place) {
    response.message(`${place.name}: bel 0800-2000. Direct gevaar? Bel 112.`);
  } else {
    response.message("Stuur de vier cijfers van uw postcode. Direct gevaar? Bel 112.");
  }
  res.type("text/xml").send(response.toString());
});

app.listen(Number(process.env.PORT), "127.0.0.1");
