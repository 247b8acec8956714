//! Evaluates Python expressions without names of the user's own.

use portalis_runtime::dynamic::{self, BinOp, CmpOp};
use portalis_runtime::prelude::*;

pub fn eval(source: &str) -> Result<Value> {
    let mut parser = Parser {
        text: source.chars().collect(),
        at: 0,
    };
    let value = parser.comparison()?;
    parser.space();
    assert!(
        parser.at == parser.text.len(),
        "left over in {source:?} at {}",
        parser.at
    );
    Ok(value)
}

struct Parser {
    text: Vec<char>,
    at: usize,
}

impl Parser {
    fn space(&mut self) {
        while self.text.get(self.at) == Some(&' ') {
            self.at += 1;
        }
    }

    fn looking_at(&self, token: &str) -> bool {
        token
            .chars()
            .enumerate()
            .all(|(i, c)| self.text.get(self.at + i) == Some(&c))
    }

    fn accept(&mut self, token: &str) -> bool {
        self.space();
        let found = self.looking_at(token);
        if found {
            self.at += token.len();
        }
        found
    }

    fn take(&mut self, token: &str) {
        let rest: String = self.text[self.at..].iter().collect();
        assert!(self.accept(token), "expected {token:?} at {rest:?}");
    }

    fn comparison(&mut self) -> Result<Value> {
        let left = self.binary(0)?;
        for (token, op) in [
            ("==", CmpOp::Eq),
            ("!=", CmpOp::Ne),
            ("<=", CmpOp::Le),
            (">=", CmpOp::Ge),
            ("< ", CmpOp::Lt),
            ("> ", CmpOp::Gt),
        ] {
            if self.accept(token) {
                let right = self.binary(0)?;
                return dynamic::compare(op, &left, &right);
            }
        }
        if self.accept("in ") {
            let right = self.binary(0)?;
            return dynamic::contains(&right, &left).map(Value::Bool);
        }
        Ok(left)
    }

    fn operator(&mut self, level: usize) -> Option<BinOp> {
        let table: &[(&str, BinOp)] = match level {
            0 => &[("| ", BinOp::Or)],
            1 => &[("^ ", BinOp::Xor)],
            2 => &[("& ", BinOp::And)],
            3 => &[("<< ", BinOp::LShift), (">> ", BinOp::RShift)],
            4 => &[("+ ", BinOp::Add), ("- ", BinOp::Sub)],
            _ => &[
                ("* ", BinOp::Mul),
                ("// ", BinOp::FloorDiv),
                ("/ ", BinOp::TrueDiv),
                ("% ", BinOp::Mod),
                ("@ ", BinOp::MatMul),
            ],
        };
        table
            .iter()
            .find(|(token, _)| self.accept(token))
            .map(|(_, op)| *op)
    }

    fn binary(&mut self, level: usize) -> Result<Value> {
        if level == 6 {
            return self.unary();
        }
        let mut left = self.binary(level + 1)?;
        while let Some(op) = self.operator(level) {
            let right = self.binary(level + 1)?;
            left = dynamic::binop(op, &left, &right)?;
        }
        Ok(left)
    }

    fn unary(&mut self) -> Result<Value> {
        if self.accept("-") {
            return dynamic::neg(&self.unary()?);
        }
        if self.accept("+") {
            return dynamic::pos(&self.unary()?);
        }
        if self.accept("~") {
            return dynamic::invert(&self.unary()?);
        }
        if self.accept("not ") {
            return Ok(Value::Bool(!dynamic::truth(&self.unary()?)?));
        }
        let base = self.postfix()?;
        if self.accept("** ") {
            let exponent = self.unary()?;
            return dynamic::pow(&base, &exponent);
        }
        Ok(base)
    }

    fn postfix(&mut self) -> Result<Value> {
        let mut value = self.atom()?;
        loop {
            if self.at < self.text.len() && self.text[self.at] == '(' {
                let args = self.arguments()?;
                value = dynamic::call(&value, args)?;
            } else if self.at < self.text.len() && self.text[self.at] == '[' {
                self.at += 1;
                let key = self.subscript()?;
                value = dynamic::getitem(&value, &key)?;
            } else if self.at < self.text.len() && self.text[self.at] == '.' {
                self.at += 1;
                let name = self.name();
                if self.at < self.text.len() && self.text[self.at] == '(' {
                    let args = self.arguments()?;
                    value = dynamic::call_method(&value, &name, args)?;
                } else {
                    value = dynamic::get_attr(&value, &name)?;
                }
            } else {
                return Ok(value);
            }
        }
    }

    fn subscript(&mut self) -> Result<Value> {
        let mut bounds = vec![Value::None];
        let mut slice = false;
        loop {
            if self.accept("]") {
                break;
            }
            if self.accept(":") {
                slice = true;
                bounds.push(Value::None);
                continue;
            }
            let last = bounds.len() - 1;
            bounds[last] = self.comparison()?;
        }
        if !slice {
            return Ok(bounds.remove(0));
        }
        bounds.resize(3, Value::None);
        dynamic::make_slice(&bounds[0], &bounds[1], &bounds[2])
    }

    fn arguments(&mut self) -> Result<Args> {
        self.take("(");
        let mut args = Args::none();
        while !self.accept(")") {
            let start = self.at;
            self.space();
            let name = self.name();
            if !name.is_empty() && self.looking_at("=") && !self.looking_at("==") {
                self.at += 1;
                let value = self.comparison()?;
                args.keywords.push((Str::from(name.as_str()), value));
            } else {
                self.at = start;
                let value = self.comparison()?;
                args.positional.push(value);
            }
            if !self.accept(",") {
                self.take(")");
                break;
            }
        }
        Ok(args)
    }

    fn name(&mut self) -> String {
        let mut name = String::new();
        while let Some(c) = self
            .text
            .get(self.at)
            .filter(|c| c.is_alphanumeric() || **c == '_')
        {
            name.push(*c);
            self.at += 1;
        }
        name
    }

    fn list(&mut self, end: &str) -> Result<(Vec<Value>, bool)> {
        let mut items = Vec::new();
        let mut comma = false;
        while !self.accept(end) {
            items.push(self.comparison()?);
            comma = self.accept(",");
            if !comma {
                self.take(end);
                break;
            }
        }
        Ok((items, comma))
    }

    fn atom(&mut self) -> Result<Value> {
        self.space();
        let c = self.text[self.at];
        match c {
            '(' => {
                self.at += 1;
                let (mut items, comma) = self.list(")")?;
                Ok(if items.len() == 1 && !comma {
                    items.remove(0)
                } else {
                    Value::tuple(items)
                })
            }
            '[' => {
                self.at += 1;
                Ok(Value::list(self.list("]")?.0))
            }
            '{' => {
                self.at += 1;
                self.braces()
            }
            '\'' | '"' => Ok(Value::from(self.string())),
            'b' if matches!(self.text.get(self.at + 1), Some('\'' | '"')) => {
                self.at += 1;
                let bytes: Vec<u8> = self.string().chars().map(|c| c as u8).collect();
                Ok(Value::Bytes(bytes.into()))
            }
            '0'..='9' => self.number(),
            _ => {
                let name = self.name();
                assert!(!name.is_empty(), "unexpected {c:?}");
                Ok(match name.as_str() {
                    "None" => Value::None,
                    "True" => Value::Bool(true),
                    "False" => Value::Bool(false),
                    "NotImplemented" => Value::NotImplemented,
                    "Ellipsis" => Value::Ellipsis,
                    _ => dynamic::builtin(&name).unwrap_or_else(|| panic!("no builtin {name}")),
                })
            }
        }
    }

    fn braces(&mut self) -> Result<Value> {
        let dict: Dict<Value, Value> = Dict::new();
        let set: Set<Value> = Set::new();
        let mut is_dict = true;
        while !self.accept("}") {
            let key = self.comparison()?;
            if self.accept(":") {
                let value = self.comparison()?;
                dict.setitem(key, value)?;
            } else {
                is_dict = false;
                set.add(key)?;
            }
            if !self.accept(",") {
                self.take("}");
                break;
            }
        }
        Ok(if is_dict {
            Value::Dict(dict)
        } else {
            Value::Set(set)
        })
    }

    fn number(&mut self) -> Result<Value> {
        let start = self.at;
        let mut float = false;
        while let Some(c) = self.text.get(self.at) {
            match c {
                '0'..='9' | '_' => {}
                '.' | 'e' => float = true,
                '-' | '+' if self.text[self.at - 1] == 'e' => {}
                _ => break,
            }
            self.at += 1;
        }
        let digits: String = self.text[start..self.at].iter().collect();
        if float {
            return Ok(Value::Float(digits.parse().expect("a float")));
        }
        dynamic::call_builtin("int", Args::of(vec![Value::from(digits)]))
    }

    fn string(&mut self) -> String {
        let quote = self.text[self.at];
        self.at += 1;
        let mut out = String::new();
        loop {
            let c = self.text[self.at];
            self.at += 1;
            if c == quote {
                return out;
            }
            if c != '\\' {
                out.push(c);
                continue;
            }
            let escape = self.text[self.at];
            self.at += 1;
            let width = match escape {
                'x' => 2,
                'u' => 4,
                'U' => 8,
                _ => 0,
            };
            if width > 0 {
                let hex: String = self.text[self.at..self.at + width].iter().collect();
                self.at += width;
                out.push(char::from_u32(u32::from_str_radix(&hex, 16).unwrap()).unwrap());
                continue;
            }
            out.push(match escape {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                other => other,
            });
        }
    }
}
