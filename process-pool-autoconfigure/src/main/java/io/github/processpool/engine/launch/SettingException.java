package io.github.processpool.engine.launch;

import java.io.IOException;
import java.util.function.UnaryOperator;

/**
 * No worker can be launched unless a setting is changed.
 *
 * @since 0.1.0
 */
public final class SettingException extends IOException {

	private static final long serialVersionUID = 1L;

	private static final String SETTING = "{}";

	private final String text;

	private final String setting;

	/**
	 * Creates the exception.
	 * @param setting name of the setting, such as {@code worker.java-home}
	 * @param text what is wrong and what to do, where <code>{}</code> stands for the
	 * setting as the user calls it
	 */
	public SettingException(String setting, String text) {
		super(text.replace(SETTING, "'" + setting + "'"));
		this.text = text;
		this.setting = setting;
	}

	/**
	 * What is wrong and what to do.
	 * @param names how the user calls a setting
	 * @return the text
	 */
	public String describe(UnaryOperator<String> names) {
		return this.text.replace(SETTING, names.apply(this.setting));
	}

}
